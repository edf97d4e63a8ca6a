/** Gives a command the database that the launcher would, made of what it gives to tests. */
export function takeDatabase(): void {
  const connection = new URL(
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING!,
  );
  Object.assign(process.env, {
    POSTGRES_HOST: connection.hostname,
    POSTGRES_PORT: connection.port,
    POSTGRES_USER: decodeURIComponent(connection.username),
    POSTGRES_PASSWORD: decodeURIComponent(connection.password),
  });
}
