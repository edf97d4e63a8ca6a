import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSettings, yarnSettings } from './npm.mjs';

test('npm’s settings are read from its key=value lines', () => {
  assert.deepEqual(
    parseSettings(
      'registry=https://mirror.example/npm/\ncafile=/etc/ca.pem\nproxy=null\nhttps-proxy=http://proxy.example:3128\nstrict-ssl=true\n',
    ),
    {
      registry: 'https://mirror.example/npm/',
      cafile: '/etc/ca.pem',
      'https-proxy': 'http://proxy.example:3128',
      'strict-ssl': 'true',
    },
  );
});

test('the registry, its certificates and proxies reach Yarn', () => {
  assert.deepEqual(
    yarnSettings({
      registry: 'https://mirror.example/npm/',
      cafile: '/etc/ca.pem',
      proxy: 'http://proxy.example:3128',
      'https-proxy': 'http://proxy.example:3128',
      'strict-ssl': 'false',
    }),
    {
      YARN_NPM_REGISTRY_SERVER: 'https://mirror.example/npm/',
      YARN_HTTPS_CA_FILE_PATH: '/etc/ca.pem',
      YARN_HTTP_PROXY: 'http://proxy.example:3128',
      YARN_HTTPS_PROXY: 'http://proxy.example:3128',
      YARN_ENABLE_STRICT_SSL: 'false',
    },
  );
});

test('a registry without TLS is allowed by its host name alone', () => {
  assert.deepEqual(yarnSettings({ registry: 'http://npm.local:4873/' }), {
    YARN_NPM_REGISTRY_SERVER: 'http://npm.local:4873/',
    YARN_UNSAFE_HTTP_WHITELIST: 'npm.local',
  });
});
