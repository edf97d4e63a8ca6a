import {
  EnvironmentComponent,
  LiveComponent,
  Step,
} from '@greenroom/plugin-environments-common';
import {
  COMPONENT_VIEWS,
  HEALTH_VIEWS,
  StateView,
  SYNC_VIEWS,
} from '../state/states';
import { shortRevision } from '../live/words';

/** A component as the graph shows it. */
export interface GraphNode {
  id: string;
  /** Absent in a recipe: nothing of it is there yet. */
  view?: StateView;
  /** In small letters below: how much there is of it. */
  caption: string;
  driver: string;
  uses: EnvironmentComponent['uses'];
}

/** Components as they stand, those that are watched by how they run at this moment. */
export function nodesOf(
  components: EnvironmentComponent[],
  live: LiveComponent[] = [],
): GraphNode[] {
  return components.map(({ id, state, resources, driver, uses }) => {
    const seen = live.find(({ component }) => component === id);
    const count = `${resources} resource${resources === 1 ? '' : 's'}`;
    return {
      id,
      driver,
      uses,
      view: seen && state === 'ready' ? liveView(seen) : COMPONENT_VIEWS[state],
      caption: seen?.revision
        ? `${count}, ${shortRevision(seen.revision)}`
        : count,
    };
  });
}

/** What is healthy, and not what was declared, is told by the latter. */
function liveView({ health, sync }: LiveComponent): StateView {
  return health === 'healthy' && sync === 'outOfSync'
    ? SYNC_VIEWS.outOfSync
    : HEALTH_VIEWS[health];
}

/** Components as an operation goes through them. */
export function progressOf(
  components: EnvironmentComponent[],
  steps: Step[],
): GraphNode[] {
  return components.map(component => {
    const own = steps.filter(step => step.component === component.id);
    const [node] = nodesOf([component]);
    return own.length === 0 ? node : { ...node, view: progressView(own) };
  });
}

const RUNNING: Record<Step['action'], string> = {
  plan: 'Planning',
  apply: 'Applying',
  destroy: 'Destroying',
  prove: 'Proving',
};

const view = (
  word: string,
  shape: StateView['shape'],
  tone: StateView['tone'],
): StateView => ({ word, shape, tone });

function progressView(steps: Step[]): StateView {
  const first = (state: Step['state']) =>
    steps.find(step => step.state === state);
  const running = first('running');
  if (first('failed')) return view('Failed', 'cross', 'danger');
  if (running) return view(RUNNING[running.action], 'ring', 'info');
  if (first('cancelled')) return view('Cancelled', 'barred', 'neutral');
  if (first('skipped')) return view('Not started', 'dash', 'neutral');
  if (first('waiting')) {
    // A plan that had to be put off is none yet.
    const planned = steps.some(
      ({ state, deferredBy }) => state !== 'waiting' && !deferredBy?.length,
    );
    return planned
      ? view('Planned', 'hollow', 'neutral')
      : view('Waiting', 'hollow', 'neutral');
  }
  if (
    steps.every(
      ({ action, state }) => action === 'plan' || state === 'unchanged',
    )
  ) {
    return steps.some(({ action }) => action !== 'plan')
      ? view('No change', 'dash', 'neutral')
      : view('Planned', 'tick', 'success');
  }
  return view(
    steps.some(({ action }) => action === 'destroy') ? 'Gone' : 'Done',
    'tick',
    'success',
  );
}
