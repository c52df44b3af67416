export type { Block, Fact, Page } from './document.js';
export { PAGE_POLICY, toHtml } from './html.js';
export { toMarkdown } from './markdown.js';
export { minutes } from './minutes.js';
export type { MinutesFacts } from './minutes.js';
export { withTexts } from './sealed-texts.js';
