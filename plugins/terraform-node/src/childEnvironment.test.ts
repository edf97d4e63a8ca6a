import { childEnvironment } from './childEnvironment';

describe('childEnvironment', () => {
  it('passes on where programs, certificates and proxies are, and nothing else', () => {
    const environment = childEnvironment(
      {
        PATH: '/bin',
        HTTPS_PROXY: 'http://proxy',
        SSL_CERT_FILE: '/certs',
        POSTGRES_PASSWORD: 'secret',
        TF_CLI_ARGS: '-destroy',
        TF_CLI_CONFIG_FILE: '/root/.terraformrc',
        TF_LOG: 'trace',
      },
      { TF_CLI_CONFIG_FILE: '/own' },
    );
    expect(environment).toEqual({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy',
      SSL_CERT_FILE: '/certs',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/own',
    });
  });
});
