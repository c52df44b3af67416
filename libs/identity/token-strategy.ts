import passport from 'passport';
import Strategy from 'passport-custom';
import type { Id } from '#kernel';
import type { IdentityStore } from './identity-store.js';

/** The part of a request that a strategy reads. */
export interface Credentials {
  readonly headers: { readonly authorization?: string | undefined };
}

const BEARER = /^Bearer ([A-Za-z0-9_]{1,128})$/i;

/**
 * The passport strategies of one server, in an authenticator of its own: passport's shared one would mix two servers
 * of one process. Strategies only succeed or fail; they never redirect, keep a session or write a header.
 */
export class Authentication {
  private readonly passport = new passport.Passport();

  constructor(private readonly identity: IdentityStore) {
    this.passport.use('token', tokenStrategy(identity));
  }

  /** Whose credential the request carries; nothing for none, or a wrong one. A token seen just now asks no strategy. */
  async authenticate(request: Credentials): Promise<Id | undefined> {
    const token = tokenIn(request);
    return (token === undefined ? undefined : this.identity.seenAccount(token)) ?? (await this.askStrategies(request));
  }

  private askStrategies(request: Credentials): Promise<Id | undefined> {
    return new Promise((resolve, reject) => {
      const done = (fault: unknown, account: Id | false | null | undefined): void => {
        if (fault) reject(fault instanceof Error ? fault : new Error('authentication failed', { cause: fault }));
        else resolve(account || undefined);
      };
      const middleware = this.passport.authenticate('token', { session: false }, done) as (
        request: Credentials,
        response: object,
        next: (fault: unknown) => void,
      ) => void;
      middleware(request, {}, (fault) => {
        done(fault, undefined);
      });
    });
  }
}

/** `Authorization: Bearer <token>` and no other place: a token in a query or body is never read (HTTP page, 4.3). */
function tokenStrategy(identity: IdentityStore): Strategy {
  return new Strategy((request, done) => {
    const token = tokenIn(request);
    const said = token === undefined ? undefined : identity.authenticate(token);
    Promise.resolve(said).then((account) => {
      done(null, account ?? false);
    }, done);
  });
}

function tokenIn({ headers }: Credentials): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}
