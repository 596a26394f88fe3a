const { writeFileSync } = require('node:fs');

/** For `--require`: writes at the end of a process which packages it has loaded, as far as they are CommonJS. */
process.on('exit', () => writeFileSync(process.env.LOADED_MODULES_FILE, Object.keys(require.cache).join('\n')));
