// node deploy/image-steps.mjs [command …]: does what the Dockerfile says, in a temporary folder and without Docker
// (image.mjs), then starts the image's command, or the one that is given, and passes its exit code on.
import { layOutImage } from './image.mjs';

const LONGEST_RUN_MS = 60_000;

const image = layOutImage((line) => console.log(line));
const given = process.argv.slice(2);
const child = image.start(given.length > 0 ? given : image.command);
const cut = setTimeout(() => child.kill(), LONGEST_RUN_MS);
child.on('exit', (code) => {
  clearTimeout(cut);
  image.remove();
  process.exitCode = code ?? 1;
});
