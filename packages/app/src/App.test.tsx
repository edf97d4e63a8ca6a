import { render, screen } from '@testing-library/react';

describe('the app', () => {
  it('starts with its sign-in page', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Greenroom', baseUrl: 'http://localhost' },
            backend: { baseUrl: 'http://localhost' },
            auth: {
              providers: {
                sample: { people: [{ user: 'mira', name: 'Mira Okafor' }] },
              },
            },
          },
        },
      ] as unknown as string,
    };
    const { app } = await import('./App');
    render(app.createRoot());
    expect(
      await screen.findByRole('button', { name: /Sign in as Mira Okafor/ }),
    ).toBeInTheDocument();
  });
});
