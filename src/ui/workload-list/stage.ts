import type {ScreenView, Tone} from '../../store/views.ts';
import type {Published, ScreenPorts} from '../ports.ts';

/** What is said in the place of the list's keys. */
export type ListRemark = {readonly tone: Tone; readonly text: string};

/** What is on the screen: the list, or one of its workloads. */
export type Stage = {
	/** What becomes of the last choice: that it is being opened, or why it could not be. */
	readonly remark: ListRemark | undefined;
	readonly opened: {readonly view: Published<ScreenView>; readonly ports: ScreenPorts} | undefined;
};
