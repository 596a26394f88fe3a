import type { EmployeeStatus } from 'hr-graph/client';

export const statusNames: Record<EmployeeStatus, string> = {
  ACTIVE: 'Active',
  UPCOMING: 'Upcoming',
  DEACTIVATED: 'Former',
};

export const statuses: readonly EmployeeStatus[] = ['ACTIVE', 'UPCOMING', 'DEACTIVATED'];

export const Status = ({ of: status }: { of: EmployeeStatus }) => (
  <span class={`badge ${status}`}>{statusNames[status]}</span>
);
