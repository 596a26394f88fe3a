import { connectionOf } from './connection.ts';
import { JobQualificationRef } from './refs.ts';

export const JobQualificationConnection = connectionOf('JobQualification', JobQualificationRef);
