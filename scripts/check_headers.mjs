// check_headers.mjs BUILD_FOLDER: every header compiles by itself. The build proves it for a header that is the first
// include of a source file; each other one is compiled alone here, with the flags of a source file that includes it.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';

const build = process.argv[2] ?? 'build/release';
const root = process.cwd();
const commands = new Map(
  JSON.parse(readFileSync(path.join(build, 'compile_commands.json'), 'utf8')).map(({ file, command, directory }) => [
    path.relative(root, file),
    { command, directory },
  ]),
);
const tracked = execFileSync('git', ['ls-files', '*.cpp', '*.hpp'], { encoding: 'utf8' }).trim().split('\n');
const includes = (file) => [...readFileSync(file, 'utf8').matchAll(/^#include [<"]([^>"]+)[>"]/gm)].map((match) => match[1]);
const sources = tracked.filter((file) => commands.has(file)).map((file) => ({ file, includes: includes(file) }));
const proven = new Set(sources.map((source) => source.includes[0]));
const headers = tracked.filter((file) => file.endsWith('.hpp') && !proven.has(file));

function flagsFor(header) {
  const user =
    sources.find((source) => source.includes.includes(header)) ??
    sources.find((source) => path.dirname(source.file) === path.dirname(header)) ??
    sources[0];
  const { command, directory } = commands.get(user.file);
  const words = command.split(' ').filter((word) => word !== '' && !/(^|\/)ccache$/.test(word));
  const kept = words.slice(1).filter((word, at, all) => word !== '-o' && word !== '-c' && all[at - 1] !== '-o' && all[at - 1] !== '-c');
  return { compiler: words[0], kept, directory };
}

let failures = 0;
async function worker(queue) {
  for (let header = queue.shift(); header !== undefined; header = queue.shift()) {
    const { compiler, kept, directory } = flagsFor(header);
    const args = [...kept, '-fsyntax-only', '-include', path.join(root, header), '-x', 'c++', '/dev/null'];
    await new Promise((resolve) =>
      execFile(compiler, args, { cwd: directory }, (error, _, text) => {
        if (error) {
          failures += 1;
          console.log(`${header} does not compile by itself:\n${text}`);
        }
        resolve();
      }),
    );
  }
}
const jobs = Number(process.env.LINT_JOBS) || (availableParallelism?.() ?? cpus().length);
await Promise.all(Array.from({ length: jobs }, () => worker(headers)));
process.exit(failures === 0 ? 0 : 1);
