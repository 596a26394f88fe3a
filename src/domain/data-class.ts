/** How much care data takes: of nobody in particular, of a person, of a person and able to harm them. */
export type DataClass = 'PUBLIC' | 'PERSONAL' | 'SENSITIVE';
