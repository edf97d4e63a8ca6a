/**
 * What a child may know of this process's environment. Everything else stays out: database
 * passwords and tokens of the portal among it, and the TF_ variables that would change what
 * the tool does.
 */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** The whole environment of a child: the few variables above, the tool's own switches, then `given`. */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  given: Record<string, string>,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = own[name];
    if (value !== undefined) passed[name] = value;
  }
  return {
    ...passed,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...given,
  };
}
