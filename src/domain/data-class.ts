/** The sensitivity of data: about nobody in particular, about a person, about a person and able to harm them. */
export type DataClass = 'PUBLIC' | 'PERSONAL' | 'SENSITIVE';
