import { DirectiveLocation, GraphQLDirective, GraphQLEnumType, GraphQLNonNull } from 'graphql';

const DataClassEnum = new GraphQLEnumType({
  name: 'DataClass',
  description: 'How much care the data of a field takes. What a field leads to is classed on its own fields.',
  values: {
    PUBLIC: { description: "Of the company's structure or of this service: nobody in particular." },
    PERSONAL: { description: 'Of a person, or tells who a person is, such as a name, an identifier or a grade held.' },
    SENSITIVE: {
      description: 'Of a person, and able to harm them where it is known too early or to the wrong people.',
    },
  },
});

/** `@data(class: PERSONAL)`: on a type for all of its fields, on a field for itself. */
export const dataDirective = new GraphQLDirective({
  name: 'data',
  description: 'The class of the data that a field, or every field of a type that does not say otherwise, holds.',
  locations: [DirectiveLocation.OBJECT, DirectiveLocation.INTERFACE, DirectiveLocation.FIELD_DEFINITION],
  args: { class: { type: new GraphQLNonNull(DataClassEnum) } },
});
