// What ties the programs of the cluster tests to the run that started them.
module rollwatch.dev/lifetime

go 1.26.0
