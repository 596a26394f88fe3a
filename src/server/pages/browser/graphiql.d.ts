/** What GraphiQL's script leaves behind. */
declare const YogaGraphiQL: { renderYogaGraphiQL(root: Element | null, properties: object): void };
