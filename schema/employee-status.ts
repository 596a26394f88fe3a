import { builder } from './builder.ts';

export const EmployeeStatus = builder.enumType('EmployeeStatus', {
  description: "The status of a person's employment, by Lucca's dates.",
  values: {
    ACTIVE: { description: 'Employed today.' },
    UPCOMING: { description: 'Employed in the future only.' },
    DEACTIVATED: { description: 'Employed in the past only.' },
  },
});
