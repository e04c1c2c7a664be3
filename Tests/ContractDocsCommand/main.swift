import ContractDocs

try Contract.write()
