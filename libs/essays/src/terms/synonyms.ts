/** Words and phrases that mean the same in this field; the first names them all. */
export type Synonyms = readonly [string, ...string[]];
