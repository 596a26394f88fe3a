import { DirectiveLocation, GraphQLDirective, GraphQLEnumType, GraphQLNonNull } from 'graphql';

const DataClassEnum = new GraphQLEnumType({
  name: 'DataClass',
  description: 'The sensitivity of the data of a field. Objects behind a field are classed on their own fields.',
  values: {
    PUBLIC: { description: "About the company's structure or this service, not about a person." },
    PERSONAL: {
      description:
        'About a person, or identifies a person, such as a name, an identifier or the grade that a person holds.',
    },
    SENSITIVE: {
      description: 'About a person, and harmful if it becomes known too early or to the wrong people.',
    },
  },
});

/** `@data(class: PERSONAL)`: on a type it applies to all fields, on a field to that field. */
export const dataDirective = new GraphQLDirective({
  name: 'data',
  description: 'The class of the data of a field. On a type: the default of its fields.',
  locations: [DirectiveLocation.OBJECT, DirectiveLocation.INTERFACE, DirectiveLocation.FIELD_DEFINITION],
  args: { class: { type: new GraphQLNonNull(DataClassEnum) } },
});
