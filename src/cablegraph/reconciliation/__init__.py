"""Names matched with entities over the Reconciliation Service API: our service and our client.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
