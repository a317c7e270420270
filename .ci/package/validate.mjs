// Checks a bill of materials against the schema of CycloneDX: validate.mjs FILE
import { readFile } from 'node:fs/promises'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'

const text = await readFile(process.argv[2], 'utf8')
const version = JSON.parse(text).specVersion
if (!Object.values(Spec.Version).includes(version)) throw new Error(`CycloneDX has no version ${version}`)
const wrong = await new Validation.JsonStrictValidator(version).validate(text)
if (wrong) {
  console.error(JSON.stringify(wrong, null, 2))
  process.exit(1)
}
console.log(`a valid bill of CycloneDX ${version}: ${JSON.parse(text).components.length} components`)
