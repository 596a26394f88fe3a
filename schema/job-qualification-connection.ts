import { connectionOf } from './connection.ts';
import { isPublic } from './data-class.ts';
import { JobQualificationRef } from './refs.ts';

export const JobQualificationConnection = connectionOf('JobQualification', JobQualificationRef, isPublic);
