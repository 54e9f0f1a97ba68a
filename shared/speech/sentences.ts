/** The sentences of a text, in order and with the space that follows them: joined, they are the text again. */
export function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (endsInAbbreviation(segment) && end < text.length) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  return sentences;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The segmenter ends a sentence after "St." and "Mt."; place names are full of them. A single capital ("John F. Kennedy",
 * "U.S. Route") is joined too: two sentences taken for one do no harm, one sentence taken for two is heard.
 */
function endsInAbbreviation(segment: string): boolean {
  return ABBREVIATION_AT_END.test(segment.slice(-LONGEST_ENDING));
}

const LONGEST_ENDING = 20;
const ABBREVIATION_AT_END =
  /(?:^|[^\p{L}\p{N}])(?:St|Ste|Mt|Mts|Ft|Pt|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Col|Capt|Lt|Gov|Sen|Rev|Ave|Blvd|Rd|Hwy|Rte|No|Nos|vs|approx|ca|elev|pop|est|\p{Lu})\.[^\S\n\r\u2028\u2029]+$/u;
