import { isError } from '@backstage/errors';
import { ArgocdInstanceConfig } from './config';
import {
  ArgocdAnswerError,
  ArgocdCall,
  ArgocdError,
  ArgocdUnreachableError,
} from './errors';

/** What TLS says of a certificate that can't be trusted. */
const CERTIFICATE =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

/** Connecting failed, so that nothing can have arrived. */
const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** A proxy's way to say that there is nobody behind it just now, or too much. */
const PASSING = [429, 502, 503, 504];

/** The error for a connection that failed. */
export function unreachable(
  error: unknown,
  { name, url }: ArgocdInstanceConfig,
  call: ArgocdCall,
): ArgocdUnreachableError {
  const code = codeOf(error);
  const cause = isError(error) ? error : undefined;
  if (code && CERTIFICATE.test(code))
    return new ArgocdUnreachableError(
      'argocd.certificate',
      `The certificate of Argo CD "${name}" at ${url} is not trusted (${code})`,
      "Put the certificate of its authority into the instance's ca, and check that the url has the name the certificate is for",
      call,
      cause,
    );
  return new ArgocdUnreachableError(
    'argocd.unreachable',
    `Argo CD "${name}" can't be reached at ${url} (${code ?? cause?.message ?? 'no reason given'})`,
    'Check that it runs, that the url is right and that the network lets this machine through',
    call,
    cause,
  );
}

/** Whether trying again may help and, for a call that may be repeated, can do no harm. */
export function worthRepeating(error: unknown): boolean {
  return (
    (error instanceof ArgocdUnreachableError &&
      error.code === 'argocd.unreachable') ||
    (error instanceof ArgocdAnswerError &&
      PASSING.includes(error.call.status ?? 0))
  );
}

/** Whether trying again is safe for any call: there was no connection to send it over. */
export function neverArrived(error: unknown): boolean {
  return (
    error instanceof ArgocdError &&
    NOT_CONNECTED.includes(codeOf(error.cause) ?? '')
  );
}

function codeOf(error: unknown): string | undefined {
  // Where a name has several addresses, the reasons are inside.
  const [inner] = hasErrors(error) ? error.errors : [error];
  return isError(inner) && typeof inner.code === 'string'
    ? inner.code
    : undefined;
}

function hasErrors(error: unknown): error is { errors: unknown[] } {
  return isError(error) && Array.isArray(error.errors);
}
