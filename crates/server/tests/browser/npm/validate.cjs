// Reads {schema, values} from standard input, and prints what is wrong with each value that doesn't fit.
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

const { schema, values } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const ajv = new Ajv({ allErrors: true, strict: true });
addFormats(ajv);
const validate = ajv.compile(schema);
for (const value of values)
  if (!validate(value)) console.log(`${ajv.errorsText(validate.errors, { dataVar: "message" })} in ${JSON.stringify(value)}`);
