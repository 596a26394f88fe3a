import { open } from '../resolvers/declarations.ts';
import type { LocalizedText } from '../src/domain/locale.ts';
import { builder } from './builder.ts';

export const LocalizedTextRef = builder.objectRef<LocalizedText>('LocalizedText').implement({
  description: 'A text in one language.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({ locale: t.expose('locale', { type: 'Locale' }), text: t.exposeString('text') }),
});

export const LocalizedTextInputRef = builder.inputRef<LocalizedText>('LocalizedTextInput').implement({
  description: 'A text in one language.',
  fields: (t) => ({
    locale: t.field({ type: 'Locale', required: true }),
    text: t.string({ required: true, description: 'At most 100 characters. An empty text removes the translation.' }),
  }),
});

export const localeFallback =
  'The translation for the given locale: the exact tag, else the same language, else the untranslated text. Without an argument: for the first language of Accept-Language.';
