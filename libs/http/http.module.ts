import { Authentication, IdentityStore } from '#identity';
import type { Log } from '#platform';
import type { View } from '#views';
import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessGuard } from './access.guard.js';
import { AllianceCommandHandler } from './commands/alliance-command.js';
import { commandControllers, UniformDoorController } from './commands/command-controllers.js';
import { CommandDoor } from './commands/command-door.js';
import { Deciding } from './commands/deciding.js';
import { FormAllianceHandler } from './commands/form-alliance.js';
import { Gathering } from './commands/gathering.js';
import { ObjectVersions } from './commands/object-versions.js';
import { PendingActsController } from './commands/pending-acts.controller.js';
import { Persons } from './commands/persons.js';
import { SignedCommandHandler, SignPendingActHandler } from './commands/signed-command.js';
import { SealedTexts } from './commands/sealed-texts.js';
import { FaultLog } from './fault-log.js';
import { MetaController } from './meta.controller.js';
import { OPENAPI, openApiDocument } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { AlliancesController } from './queries/alliances.controller.js';
import { AttestationController } from './queries/attestation.controller.js';
import { AwaitedSignatures } from './queries/awaited-signatures.js';
import { Cursors } from './queries/cursors.js';
import { EntriesController } from './queries/entries.controller.js';
import { ExportsController } from './queries/exports.controller.js';
import { MinutesController } from './queries/minutes.controller.js';
import { objectControllers } from './queries/object-controllers.js';
import { PartnerPapersController } from './queries/partner-papers.controller.js';
import { viewControllers } from './queries/view-controllers.js';
import { ViewQueryHandler } from './queries/view-query.js';
import { Readiness, READY_WHEN } from './readiness.js';
import { ReadingRights } from './reading-rights.js';
import { RouteTable } from './route-table.js';

export interface HttpOptions {
  readonly views: readonly View[];
  readonly log: Log;
  /** What must hold beside the stores' answering before requests are served. Rejects when it does not. */
  readonly assertReady?: () => Promise<void>;
  /**
   * The ports, bound by the app: LedgerStore, AllianceLedger, ViewStore, ViewProgress, ViewAsker, IdentityStore, Clock,
   * Randomness, DueTimer.
   */
  readonly adapters: readonly Provider[];
}

/** Every route there is, for an app to bind to its adapters. */
@Module({})
export class HttpModule {
  static of({ views, adapters, log, assertReady }: HttpOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [CqrsModule.forRoot(), DiscoveryModule],
      controllers: [
        ...commandControllers(),
        UniformDoorController,
        PendingActsController,
        ...viewControllers(views),
        ...objectControllers(),
        AlliancesController,
        EntriesController,
        MinutesController,
        AttestationController,
        PartnerPapersController,
        ExportsController,
        MetaController,
      ],
      providers: [
        ...adapters,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        {
          provide: Authentication,
          useFactory: (identity: IdentityStore) => new Authentication(identity),
          inject: [IdentityStore],
        },
        { provide: OPENAPI, useValue: JSON.stringify(openApiDocument(views)) },
        { provide: RouteTable, useValue: new RouteTable() },
        { provide: FaultLog, useValue: new FaultLog(log) },
        { provide: Cursors, useValue: new Cursors() },
        ReadingRights,
        { provide: READY_WHEN, useValue: assertReady ?? (async () => undefined) },
        Readiness,
        CommandDoor,
        Deciding,
        ObjectVersions,
        SealedTexts,
        Persons,
        AwaitedSignatures,
        AllianceCommandHandler,
        Gathering,
        SignedCommandHandler,
        SignPendingActHandler,
        FormAllianceHandler,
        ViewQueryHandler,
      ],
    };
  }
}
