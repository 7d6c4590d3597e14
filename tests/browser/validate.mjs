// The Nu validator over every page and style sheet of the folder.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** `{ errors, warnings }`, each a list of lines; `null` where no Java is installed. */
export function validate(folder) {
  const jar = createRequire(import.meta.url)('vnu-jar');
  if (spawnSync('java', ['-version']).error) return null;
  const run = spawnSync('java', ['-Xss16m', '-jar', jar, '--format', 'json', '--also-check-css', '--skip-non-html', folder],
    { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const { messages } = JSON.parse(run.stderr || run.stdout || '{"messages":[]}');
  const line = (message) =>
    `${decodeURIComponent(message.url ?? '').split(folder).at(-1)}:${message.lastLine ?? 0}: ${message.message}`;
  // The validator reads from the disk, where 'self' is nobody; the browser holds the pages to their policy.
  const isOurs = (message) => !message.message.includes('Content Security Policy');
  const isError = (message) => message.type === 'error' || message.type === 'non-document-error';
  return {
    errors: messages.filter(isError).map(line),
    warnings: messages.filter((message) => message.subType === 'warning').filter(isOurs).map(line),
  };
}
