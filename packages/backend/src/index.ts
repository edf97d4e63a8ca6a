// `node packages/backend` is the portal; `node packages/backend worker` carries operations alone.
if (process.argv[2] === 'worker') import('./worker');
else import('./portal');
