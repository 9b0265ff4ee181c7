"""Receipt, tracking, acknowledgement, assessment, investigation, response, communication and closing (7.2–7.9)."""
