/** The sensitivity of data: not about a person, about a person, or about a person and able to harm them. */
export type DataClass = 'PUBLIC' | 'PERSONAL' | 'SENSITIVE';
