// Stands in for react-devtools-core, which ink imports only when DEV is set.
export default {};
