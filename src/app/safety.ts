import type {SafetyOptions} from '../cli/options.ts';
import type {Guard} from '../domain/guard.ts';
import type {Config} from './config/config.ts';

/** What a session may not do, or not lightly: the config and the flags, the stricter of both. */
export function guardOf({readOnly, showValues, events}: SafetyOptions, config: Config, context: string): Guard {
	return {
		readOnly: readOnly || config.readOnly,
		isProtected: config.isProtected(context),
		showValues,
		writesEvents: events && config.events,
	};
}
