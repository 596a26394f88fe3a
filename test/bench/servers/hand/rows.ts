/** What the three systems send, as far as the server reads it. */
type Reference = { id: string } | null;

export type Employee = {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  employeeNumber: string | null;
  status: string;
  applicableJobPosition: Reference;
};
export type JobPosition = { id: string; jobTitle: string | null; jobQualification: Reference };
export type JobQualification = { id: string; title: string; rank: number; profession: Reference };
export type Profession = { id: string; title: string };

export type List<Row> = { items: Row[]; links?: { next?: { href: string } | null } };

export type Person = {
  externalKey: string | null;
  empId: string | null;
  emailAddress: string | null;
  employYmd: string | null;
  gradeExternalKey: string | null;
  jobExternalKey: string | null;
};
export type Item = { externalKey: string; name: string; sortOrder: number };
export type People = { elements: Person[]; totalCount: number };

export type Member = { id: string; attributes: { email: string } };
export type Role = {
  id: string;
  type: 'job-roles';
  attributes: { name: string; description: string; qualifications: { required: string[]; optional: string[] } };
  relationships: { organisation: { data: Reference } };
};
export type Organisation = { id: string; type: 'organisations'; attributes: { name: string } };
export type AssignmentRow = {
  id: string;
  meta: { created_at: string; type?: string };
  relationships: { user: { data: { id: string } }; role: { data: { id: string } } };
};
export type Page<Row> = {
  data: Row[];
  included?: (Role | Organisation)[];
  meta: { pagination: { offsets: { next: number | null } } };
};
export type Assignment = { row: AssignmentRow; role: Role | undefined; organisation: Organisation | undefined };
