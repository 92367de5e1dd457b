import {counted} from '../domain/counted.ts';
import {percent} from '../domain/percent.ts';
import type {ServiceView, SideRow} from '../store/service-views.ts';

/** A share, or a dash. */
export function shareText(share: number | undefined): string {
	return share === undefined ? '-' : percent(share);
}

/** The Service in a line: where it is, whom it selects. */
export function serviceLine(place: string, {selector, endpoints}: ServiceView): string {
	const asked = selector.map(({name, value}) => `${name}=${value}`).join(',');
	return `${place}  selector ${asked === '' ? 'none' : asked}  ${counted(endpoints.ready, 'ready endpoint')}`;
}

/** `nginx-v2 COMPLETE 1/1  1 ready endpoint, expected 14%, measured 15% (9)`. */
export function sideText({name, word, ready, desired, selected, endpoints, expectedShare, measured}: SideRow): string {
	const got = measured === undefined ? '' : `, measured ${percent(measured.share)} (${measured.count})`;
	const behind = `${counted(endpoints.ready, 'ready endpoint')}, expected ${shareText(expectedShare)}${got}`;
	return `${[name, word, `${ready}/${desired}`].filter(text => text !== '').join(' ')}  ${selected ? behind : 'not selected'}`;
}
