import {join} from 'node:path';
import type {SafetyOptions} from '../cli/options.ts';
import type {Guard} from '../domain/guard.ts';
import {type AuditFile, createAuditFile, missingAuditFile} from './audit/audit-file.ts';
import type {Config} from './config/config.ts';
import {userFolder} from './config/user-folder.ts';
import type {World} from './world.ts';

/** What a session may not do, and where it is written down what it does. */
export type Safety = {
	readonly guard: Guard;
	/** The log of actions; absent: nobody wants one. */
	readonly audit: AuditFile | undefined;
};

/** The config and the flags, the stricter of both; of the log of actions, that either can do without. */
export function safetyOf(options: SafetyOptions, config: Config, context: string, env: World['env']): Safety {
	return {
		guard: {
			readOnly: options.readOnly || config.readOnly,
			isProtected: config.isProtected(context),
			showValues: options.showValues,
			writesEvents: options.events && config.events,
		},
		audit: options.audit && config.audit !== false ? auditFileAt(config.audit, env) : undefined,
	};
}

function auditFileAt(given: string | undefined, env: World['env']): AuditFile {
	if (given !== undefined) return createAuditFile(given);
	const folder = userFolder(env, 'XDG_STATE_HOME', '.local/state');
	return folder === undefined ? missingAuditFile('there is no home folder to keep it in') : createAuditFile(join(folder, 'audit.log'));
}
