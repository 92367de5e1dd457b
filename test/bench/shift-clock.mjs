// Preloaded into the program: it then lives an hour later, so that a Deployment of a minute's age is shown as one of an hour. Ages of less than ten
// minutes change every second, which most Deployments that people look at have long behind them.
const {now} = Date;
Date.now = () => now() + 3_600_000;
