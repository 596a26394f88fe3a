import { after, type Recipe } from './recipe.ts';

/** A new field: what Ctrl Hub says of an organisation. */
export const fieldRecipe: Recipe = {
  files: {},
  edits: [
    {
      file: 'src/upstreams/ctrl-hub/wire.ts',
      of: 'object({ name: text, slug: text }).nullish()',
      to: 'object({ name: text, slug: text, description: text }).nullish()',
    },
    after(
      'src/upstreams/ctrl-hub/to-domain.ts',
      '  slug: toText(attributes?.slug),',
      '  description: toText(attributes?.description),',
    ),
    {
      file: 'src/domain/organisation.ts',
      of: 'export type Organisation = { ctrlHubId: string; name: string; slug: string | null };',
      to: 'export type Organisation = { ctrlHubId: string; name: string; slug: string | null; description: string | null };',
    },
    after(
      'schema/organisation.ts',
      "    slug: t.exposeString('slug', { nullable: true }),",
      "    description: t.exposeString('description', { nullable: true }),",
    ),
  ],
  emulator: [],
};
