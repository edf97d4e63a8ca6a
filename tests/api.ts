import { expect } from '@playwright/test';
import {
  Environment,
  LogPage,
  Operation,
} from '@greenroom/plugin-environments-common';
import { Portal } from './portal';

/** The API as a sample person sees it, for tests that need no page. */
export class Api {
  /** A portal that started a moment ago may still be reading its people from the catalog. */
  static async signIn(portal: Portal, user: string): Promise<Api> {
    let token = '';
    await expect(async () => {
      const response = await fetch(`${portal.url}/api/auth/sample/refresh`, {
        headers: {
          'x-greenroom-sample-user': user,
          'x-requested-with': 'XMLHttpRequest',
        },
      });
      expect(response.status).toBe(200);
      const session = (await response.json()) as {
        backstageIdentity: { token: string };
      };
      token = session.backstageIdentity.token;
    }).toPass({ timeout: 60_000 });
    return new Api(portal, token);
  }

  private constructor(
    private readonly portal: Portal,
    private readonly token: string,
  ) {}

  /** Status and body, whatever they are. */
  async request<T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.portal.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : undefined) as T,
    };
  }

  async environment(name: string): Promise<Environment> {
    return (
      await this.request<Environment>(
        'GET',
        `/environments/environments/by-name/${name}`,
      )
    ).body;
  }

  async operation(id: string): Promise<Operation> {
    return (
      await this.request<Operation>('GET', `/environments/operations/${id}`)
    ).body;
  }

  async log(id: string): Promise<LogPage> {
    return (
      await this.request<LogPage>(
        'GET',
        `/environments/operations/${id}/logs?limit=1000`,
      )
    ).body;
  }
}
