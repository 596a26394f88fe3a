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
import './record-comparison.ts';
import './grade-mutations.ts';
import './position-mutations.ts';
import './job-role-assignment-mutations.ts';
import './batched-queries.ts';
import { gatewayFields } from './subgraph.ts';

const options = { directives: [...specifiedDirectives, dataDirective] };

/** The complete schema. served-schema.ts makes the schema that a deployment serves. */
export const schema = gatewayFieldsLast(builder.toSchema(options));

/**
 * The schema without per-field work: without authorisation checks, for operations of which the plan already shows that
 * every field is allowed, and, unless `isAudited`, without recording which data was returned.
 */
export const withoutChecks = (isAudited: boolean): GraphQLSchema =>
  gatewayFieldsLast(builder.toSchema({ ...options, disableScopeAuth: true, disableDisclosure: !isAudited }));

/** Moves the fields for gateways to the end of Query. Explorers show the other fields first, sorted by name. */
function gatewayFieldsLast(built: GraphQLSchema): GraphQLSchema {
  const fields = built.getQueryType()?.getFields() ?? {};
  for (const name of gatewayFields) {
    const field = fields[name];
    if (field === undefined) continue;
    delete fields[name];
    fields[name] = field;
  }
  return built;
}
