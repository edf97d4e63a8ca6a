import { APPLICATION } from './application';
import { KUBERNETES } from './kubernetes';
import { SERVICES } from './services';
import { SPECIFICATION } from './specification';

/** Argo CD's interface by gRPC, as far as it is served: fields that are not here are passed over. */
export const DESCRIPTION = [
  KUBERNETES,
  SPECIFICATION,
  APPLICATION,
  ...SERVICES,
];
