"""Configurations of running one-stop systems: processes, e-forms, the workbook a ministry configured procedures in."""
