import { type GraphQLSchema, specifiedDirectives } from 'graphql';
import { builder } from './builder.ts';
import { dataDirective } from './data-class.ts';
import './scalars.ts';
import './upstream.ts';
import './node.ts';
import './employee.ts';
import './employee-queries.ts';
import './job-qualification.ts';
import './profession.ts';
import './job-role.ts';
import './job-role-assignment.ts';
import './organisation.ts';
import './grade.ts';
import './position.ts';
import './grade-mutations.ts';
import './position-mutations.ts';
import './job-role-assignment-mutations.ts';
import './batched-queries.ts';
import { gatewayFields } from './subgraph.ts';

const options = { directives: [...specifiedDirectives, dataDirective] };

/** All that a deployment may serve; what it does serve: served-schema.ts. */
export const schema = forPeopleFirst(builder.toSchema(options));

/**
 * The same without what runs for every field of every row: without checks of rights, for operations of which it is known
 * before they run that every field will be allowed, and, unless `isAudited`, without notes of what was shown.
 */
export const withoutChecks = (isAudited: boolean): GraphQLSchema =>
  forPeopleFirst(builder.toSchema({ ...options, disableScopeAuth: true, disableDisclosure: !isAudited }));

/** Fields stand by their names, as explorers show them; those that gateways ask for stand last. */
function forPeopleFirst(built: GraphQLSchema): GraphQLSchema {
  const fields = built.getQueryType()?.getFields() ?? {};
  for (const name of gatewayFields) {
    const field = fields[name];
    if (field === undefined) continue;
    delete fields[name];
    fields[name] = field;
  }
  return built;
}
