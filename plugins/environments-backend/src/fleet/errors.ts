import {
  ConflictProblemError,
  InputProblemError,
  NotAllowedProblemError,
  NotFoundProblemError,
} from '../errors';
import { BlueprintPermissionResource } from '@greenroom/plugin-environments-node';

/** 404: there is no such fleet upgrade. */
export class FleetUpgradeNotFoundError extends NotFoundProblemError {
  constructor(id: string) {
    super({
      code: 'fleet.not-found',
      message: `There is no fleet upgrade ${id}.`,
      remedy: 'Look for it in the list of fleet upgrades.',
    });
  }
}

/** 403: environments of that blueprint are upgraded in number by others. */
export class FleetNotAllowedError extends NotAllowedProblemError {
  constructor({ name, owner }: BlueprintPermissionResource) {
    super({
      code: 'fleet.not-allowed',
      message: `You may not upgrade the environments of blueprint "${name}" all at once; it belongs to ${owner}.`,
      remedy: `Ask ${owner}, or upgrade your environments one by one.`,
    });
  }
}

/** 409: it can't be moved there from where it is. */
export class FleetMoveError extends ConflictProblemError {
  constructor(reason: string) {
    super({
      code: 'fleet.state',
      message: reason,
      remedy: 'Look at its page, or begin another one.',
    });
  }
}

/** 400: more than one fleet upgrade takes. */
export class FleetTooLargeError extends InputProblemError {
  constructor(most: number) {
    super({
      code: 'fleet.too-many',
      field: '/selection',
      message: `More than ${most} environments are selected.`,
      remedy: 'Select fewer of them, by owner, version or type.',
    });
  }
}

/** 400: there is nothing that it could upgrade. */
export class FleetEmptyError extends InputProblemError {
  constructor(selected: number) {
    super({
      code: 'fleet.empty',
      field: '/selection',
      message:
        selected === 0
          ? 'No environment is selected that is on another version.'
          : `All ${selected} environments that are selected would be set aside.`,
      remedy: 'Ask for a preview, which says why of each environment.',
    });
  }
}
