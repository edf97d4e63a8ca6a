import { request } from 'node:https';
import { readFileSync } from 'node:fs';

/** Signs in as the first admin and asks for a token of the account that tests use. */
export async function makeToken({ url, ca }, password) {
  const admin = { username: 'admin', password };
  const session = await post({ url, ca }, '/api/v1/session', admin);
  const path = '/api/v1/account/greenroom/token';
  const { token } = await post({ url, ca, token: session.token }, path, {});
  return token;
}

async function post({ url, ca, token }, path, body) {
  return await new Promise((resolve, reject) => {
    const call = request(
      `${url}${path}`,
      {
        method: 'POST',
        ca: readFileSync(ca),
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
      },
      async response => {
        let text = '';
        for await (const part of response) {
          text += part;
        }
        if (response.statusCode === 200) {
          resolve(JSON.parse(text));
        } else {
          reject(
            new Error(`POST ${path}: HTTP ${response.statusCode} ${text}`),
          );
        }
      },
    );
    call.once('error', reject);
    call.end(JSON.stringify(body));
  });
}
