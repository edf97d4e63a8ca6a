import {
  FleetEnvironmentState,
  FleetUpgradeState,
} from '@greenroom/plugin-environments-common';
import { StateView } from '../state/states';

export const FLEET_VIEWS: Record<FleetUpgradeState, StateView> = {
  running: { word: 'Running', shape: 'ring', tone: 'info' },
  paused: { word: 'Paused', shape: 'bars', tone: 'neutral' },
  stopped: { word: 'Stopped', shape: 'hand', tone: 'warning' },
  aborted: { word: 'Aborted', shape: 'barred', tone: 'neutral' },
  completed: { word: 'Completed', shape: 'tick', tone: 'success' },
};

export const FLEET_ENVIRONMENT_VIEWS: Record<FleetEnvironmentState, StateView> =
  {
    waiting: { word: 'Waiting', shape: 'hollow', tone: 'neutral' },
    checking: { word: 'Being checked', shape: 'ring', tone: 'info' },
    upgrading: { word: 'Upgrading', shape: 'ring', tone: 'info' },
    succeeded: { word: 'Upgraded', shape: 'tick', tone: 'success' },
    failed: { word: 'Failed', shape: 'cross', tone: 'danger' },
    'set-aside': { word: 'Set aside', shape: 'half', tone: 'warning' },
    left: { word: 'Left as it is', shape: 'dash', tone: 'neutral' },
  };
