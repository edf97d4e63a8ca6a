import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Environment,
  EnvironmentIdle,
} from '@greenroom/plugin-environments-common';
import { anEnvironment, HOUR, iso } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const PAGE = '/environments/e/shop-demo';
const NOW = Date.now();

const IDLE: EnvironmentIdle = {
  afterSeconds: 14_400,
  then: 'pause',
  quietSince: iso(NOW, -3.2 * HOUR),
  dueAt: iso(NOW, 0.8 * HOUR),
  signals: [
    {
      signal: 'portal',
      at: iso(NOW, -3.2 * HOUR),
      evidence: { by: 'user:default/mira', note: 'page opened' },
    },
  ],
  probes: [{ name: 'requests', value: '0', answeredAt: iso(NOW, -60_000) }],
};

/** Each of its own id: what was told of one is remembered. */
let serial = 0;
function apiWith(
  idle: Partial<EnvironmentIdle> = {},
  part: Partial<Environment> = {},
) {
  serial += 1;
  const id = `env-idle-${serial}`;
  const environment = anEnvironment(
    { id, idle: { ...IDLE, ...idle }, ...part },
    NOW,
  );
  return new SampleApi({ environments: [environment] });
}

describe('the use of an environment', () => {
  it('is told on its page: since when there was none, what follows, and what was seen', async () => {
    renderPortal(PAGE, apiWith());
    const line = await screen.findByText(
      /^Not used for 3 h 1\d min; it is paused/,
    );
    expect(line).toHaveTextContent(/unless somebody uses it\./);
    expect(line).toHaveTextContent(
      /Last seen: in the portal by mira: page opened,/,
    );
    expect(line).toHaveTextContent(/Probe requests: 0,/);
  });

  it.each<[string, Partial<EnvironmentIdle>, RegExp]>([
    [
      'it is in use',
      { quietSince: iso(NOW, -60_000) },
      /^In use; it is paused/,
    ],
    [
      'its lease ends for that',
      { dueAt: undefined, endsAt: iso(NOW, HOUR) },
      /^Nobody has used it since .*: that is why it ends\. Whoever uses it keeps it\./,
    ],
    [
      'nobody knows',
      {
        dueAt: undefined,
        standing: 'nobody knows: no answer of the probe requests',
        probes: [
          {
            name: 'requests',
            problem: 'https://p.example does not answer: 503',
            failingSince: iso(NOW, -HOUR),
          },
        ],
      },
      /nothing follows from that, for nobody knows: .* Probe requests fails since .*: https:\/\/p\.example does not answer: 503\./,
    ],
    [
      'it would end',
      { then: 'destroy', graceSeconds: 86_400 },
      /; its lease ends, 1 d later, .* unless somebody uses it\./,
    ],
  ])('says when %s', async (_what, idle, words) => {
    renderPortal(PAGE, apiWith(idle));
    const line = await screen.findByText(/^(Not used for|In use|Nobody has)/);
    expect(line).toHaveTextContent(words);
  });

  it('is noted when somebody opens its page, once, and when they say so', async () => {
    const api = apiWith();
    renderPortal(PAGE, api);
    await waitFor(() => expect(api.done).toHaveLength(1));
    document.dispatchEvent(new Event('visibilitychange'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Still in use' }),
    );
    await waitFor(() =>
      expect(api.done.map(({ body }) => body)).toEqual([
        { source: 'portal', note: 'page opened' },
        { source: 'portal', note: 'still in use' },
      ]),
    );
  });

  it('is not noted of who may not change it', async () => {
    const api = apiWith();
    renderPortal(PAGE, api, { allowed: false });
    await screen.findByText(/^Not used for/);
    await screen.findByRole('button', { name: /^Extend/ });
    expect(screen.queryByRole('button', { name: 'Still in use' })).toBeNull();
    expect(api.done).toEqual([]);
  });

  it('is of no matter while it is paused', async () => {
    const api = apiWith({}, { state: 'paused' });
    renderPortal(PAGE, api);
    await screen.findByRole('button', { name: /^Extend/ });
    expect(screen.queryByText(/^Not used for/)).toBeNull();
    expect(api.done).toEqual([]);
  });

  it('is the evidence of an entry in the ledger', async () => {
    const api = apiWith();
    jest.spyOn(api, 'listLeaseEntries').mockResolvedValue({
      total: 1,
      items: [
        {
          id: '1',
          kind: 'idle',
          at: iso(NOW, 0),
          actor: 'system:activity',
          reason: 'nobody has used it since then; it is paused',
          rule: 'idle.after',
          detail: {
            then: 'pause',
            signals: [
              { signal: 'ci', at: iso(NOW, -HOUR), by: 'user:default/jon' },
            ],
            probes: [{ name: 'requests', at: iso(NOW, 0), value: '0' }],
          },
        },
      ],
    });
    renderPortal(`${PAGE}?tab=lease`, api);
    expect(await screen.findByText('Not used')).toBeInTheDocument();
    expect(screen.getByText(/^ci by jon,/)).toBeInTheDocument();
    expect(screen.getByText(/^requests 0,/)).toBeInTheDocument();
  });
});
